const LEAST = 1024;

/**
 * The size in bytes to which a plaintext of `size` bytes is padded: Padmé (Nikitin et al., "Reducing Metadata Leakage
 * from Encrypted Files and Communication with PURBs", 2019), at least 1 KiB. Above 1 KiB it adds at most 12 %, and it
 * reveals no more than O(log log size) bits of the size.
 */
export function paddedSize(size: number): number {
  if (size <= LEAST) return LEAST;
  const exponent = bitLength(size) - 1;
  const unit = 2 ** (exponent - bitLength(exponent));
  return Math.ceil(size / unit) * unit;
}

/** The smallest power of two that is at least `value`, and at least 1. */
export function powerOfTwo(value: number): number {
  return value <= 1 ? 1 : 2 ** bitLength(Math.ceil(value) - 1);
}

function bitLength(value: number): number {
  return value.toString(2).length;
}
