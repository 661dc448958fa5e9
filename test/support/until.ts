/** Waits for a condition; rejects with its name when it did not come true in time. Tests never sleep for a fixed time. */
export async function until(
  name: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 25_000,
  everyMs = 10,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
