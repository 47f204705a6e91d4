export async function pollAll(urls, headers) {
  await sleep(60_000 - (Date.now() % 60_000)); // all jobs, on the full minute
  return Promise.all(urls.map((url) => fetch(url, { headers })));
}
