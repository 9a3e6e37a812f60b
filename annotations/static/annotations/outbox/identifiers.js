// @ts-check
/** Identifiers that sort by time. Plain HTTP on a local network has no `crypto.randomUUID`. */

let last = 0n;

/** A UUID of version 7, ever rising within this tab. */
export function uuid7() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  let stamp = (BigInt(Date.now()) << 12n) | BigInt(((random[0] & 15) << 8) | random[1]);
  if (stamp <= last) stamp = last + 1n;
  last = stamp;
  const hex =
    (stamp >> 12n).toString(16).padStart(12, '0') +
    '7' + (stamp & 0xfffn).toString(16).padStart(3, '0') +
    ((random[2] & 0x3f) | 0x80).toString(16) +
    [...random.slice(3)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
}
