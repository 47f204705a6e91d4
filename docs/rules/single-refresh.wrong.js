export async function pollAll(urls, tokens) {
  const ask = async (url) => {
    const answer = await fetch(url, { headers: tokens.headers() });
    if (answer.status !== 401) return answer;
    await tokens.refresh(); // each request does it for itself
    return fetch(url, { headers: tokens.headers() });
  };
  await sleep(3000);
  await Promise.all(urls.map(ask));
  await sleep(3000);
  return Promise.all(urls.map(ask));
}
