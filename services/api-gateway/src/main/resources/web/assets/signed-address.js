/** The signed address of a stream. Its signature opens everything in the stream's folder until it ends. */

/** This much before its end a signature is renewed: a segment that is asked for may be on its way for a while. */
const MARGIN_MS = 60_000;

export class SignedAddress {
  /** @param url of the stream's manifest */
  constructor(url) {
    this.url = url;
    const { origin, pathname, search } = new URL(url);
    this.folder = origin + pathname.slice(0, pathname.lastIndexOf('/') + 1);
    this.signature = search;
    this.ends = end(search);
  }

  /** By this browser's clock, which may be wrong: the CDN has the last word. */
  get isEnding() {
    return Date.now() > this.ends - MARGIN_MS;
  }

  /** An address within the folder, with this signature in the place of the one that it was made with. */
  sign(url) {
    return url.startsWith(this.folder) ? url.split('?')[0] + this.signature : url;
  }
}

/** When the policy in a query ends, in milliseconds; never for a query without one. */
function end(search) {
  try {
    const policy = new URLSearchParams(search).get('Policy').replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/');
    return JSON.parse(atob(policy)).Statement[0].Condition.DateLessThan['AWS:EpochTime'] * 1000;
  } catch {
    return Infinity;
  }
}
