package dev.caravan.cdnedge.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

/** The public keys of trusted signers by key pair id; a "trusted key group" of CloudFront's. */
public final class TrustedKeys {

    private final Map<String, PublicKey> keys;

    /** @param keys RSA or EC keys */
    public TrustedKeys(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** @throws dev.caravan.kernel.Fault {@link Refusal#UNKNOWN_KEY} or {@link Refusal#BAD_SIGNATURE} */
    void verify(String keyPairId, byte[] text, byte[] signature) {
        PublicKey key = keys.get(keyPairId);
        if (key == null) {
            throw Refusal.UNKNOWN_KEY.fault();
        }
        if (!isSignature(key, text, signature)) {
            throw Refusal.BAD_SIGNATURE.fault();
        }
    }

    /** SHA-1 is CloudFront's choice; forging would need a second preimage, for which SHA-1 still stands. */
    private static boolean isSignature(PublicKey key, byte[] text, byte[] signature) {
        try {
            Signature verification =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA1withRSA" : "SHA1withECDSA");
            verification.initVerify(key);
            verification.update(text);
            return verification.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // A wrong length (RSA) or broken DER (ECDSA) throws instead of returning false, unchecked on some JDKs.
            return false;
        }
    }
}
