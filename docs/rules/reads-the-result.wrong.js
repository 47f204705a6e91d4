export async function readResult(api, headers, job) {
  // The link may be relative, absolute, or begin somewhere else.
  const answer = await fetch(`${api}/${job.links[0].href}`, { headers });
  return (await answer.json()).data;
}
