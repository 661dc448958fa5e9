/** What a browser is asked may never be answered, and Playwright sets no limit to what runs in a page: whatever is waited for here is named. */
export async function within<T>(what: string, seconds: number, work: Promise<T>): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error(`waited ${seconds} s for ${what}`)), seconds * 1_000);
  try {
    return await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
