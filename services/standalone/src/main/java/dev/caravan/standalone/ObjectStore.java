package dev.caravan.standalone;

import java.net.URI;

/**
 * An S3 server and the bucket in it.
 *
 * @param endpoint URL without credentials
 */
record ObjectStore(String endpoint, String bucket, String accessKey, String secretKey) {

    /**
     * @param url {@code http://ACCESS_KEY:SECRET_KEY@host:port/bucket}; the bucket is there already
     * @throws UsageException when it does not say all of that
     */
    static ObjectStore at(URI url) {
        String[] keys =
                url.getUserInfo() == null ? new String[0] : url.getUserInfo().split(":", 2);
        String bucket = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
        if (keys.length != 2 || bucket.isEmpty() || bucket.contains("/")) {
            throw new UsageException("S3_URL takes http://ACCESS_KEY:SECRET_KEY@host:port/bucket.");
        }
        return new ObjectStore(url.getScheme() + "://" + authority(url), bucket, keys[0], keys[1]);
    }

    private static String authority(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
