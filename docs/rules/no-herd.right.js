export async function pollAll(urls, headers) {
  return Promise.all(
    urls.map(async (url) => {
      await sleep(1000 + Math.random() * 59_000); // each job at a moment of its own
      return fetch(url, { headers });
    }),
  );
}
