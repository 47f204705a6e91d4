// What the clients of this folder have in common.

/** Where the API lies. */
export const base = process.env.ESOZ_SANDBOX_URL ?? '';

export const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Runs a client, and says with what it has ended: what a library throws is an end as well. */
export async function end(run) {
  try {
    process.stdout.write(`ended: ${JSON.stringify(await run())}\n`);
  } catch (error) {
    process.stdout.write(`ended with ${error?.name ?? 'an error'}: ${error?.message ?? error}\n`);
  }
}
