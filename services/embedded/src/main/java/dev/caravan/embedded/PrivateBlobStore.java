package dev.caravan.embedded;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * A store of which nothing is public, as with AWS's block of public access: a presigned PUT may come with an {@code x-amz-acl}
 * that nobody signed, and s3proxy heeds it.
 */
final class PrivateBlobStore extends ForwardingBlobStore {

    PrivateBlobStore(BlobStore store) {
        super(store);
    }

    @Override
    public BucketCannedACL getContainerAccess(String container) {
        return BucketCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name) {
        return ObjectCannedACL.PRIVATE;
    }

    @Override
    public ObjectCannedACL getBlobAccess(String container, String name, String version) {
        return ObjectCannedACL.PRIVATE;
    }
}
