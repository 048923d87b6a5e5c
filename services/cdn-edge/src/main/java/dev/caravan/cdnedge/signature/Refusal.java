package dev.caravan.cdnedge.signature;

import dev.caravan.kernel.Fault;

/** Why a viewer is refused: for operators' logs and meters. The viewer itself is never told. */
public enum Refusal {
    /** The path is outside of what is served, or written in a way that could mean another path. */
    PATH,
    /** No signature at all. */
    UNSIGNED,
    /** Parts of the signature are missing, doubled or not decodable. */
    MALFORMED,
    /** No public key has this key pair id. */
    UNKNOWN_KEY,
    /** The signature is not that of the policy. */
    BAD_SIGNATURE,
    /** Correctly signed, but not a policy that the edge understands. */
    BAD_POLICY,
    /** The policy is for another resource. */
    OTHER_RESOURCE,
    /** The policy's time is over. */
    EXPIRED,
    /** The policy's time has not come. */
    NOT_YET_VALID,
    /** The policy is for other viewers' addresses. */
    OTHER_ADDRESS;

    /** The fault that ends such a request. */
    public Fault fault() {
        return Fault.forbidden(name(), "Access denied");
    }
}
