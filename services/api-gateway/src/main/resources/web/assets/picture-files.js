/** Files that the platform makes pictures of. */

export const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** Of a thumbnail. */
export const MOST_PICTURE_BYTES = 10 * 1024 * 1024;
