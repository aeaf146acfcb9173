/** Waits for a promise. @throws Error when it takes longer than `milliseconds` */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), milliseconds)),
  ]);
}
