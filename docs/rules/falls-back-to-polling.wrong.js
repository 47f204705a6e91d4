export async function finish(job, { webhook }) {
  return webhook(job); // for ever, when it is lost
}
