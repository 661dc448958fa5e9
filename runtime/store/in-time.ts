import { OperationalError } from '../../schemas/errors.ts';

/** A commit that takes longer is as good as none for whoever waits for it. */
const deadlineMs = 5_000;

/** @throws OperationalError `store-failed` where the write is not done in time; it goes on all the same. */
export async function inTime<T>(write: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The database could not be written within ${deadlineMs / 1_000} s. Check the disk that holds the data folder.`;
    timer = setTimeout(() => reject(new OperationalError('store-failed', message)), deadlineMs);
  });
  try {
    return await Promise.race([write, late]);
  } finally {
    clearTimeout(timer);
  }
}
