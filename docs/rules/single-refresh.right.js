export async function pollAll(urls, tokens) {
  let underWay; // one for all
  const ask = async (url) => {
    const asked = tokens.headers();
    const answer = await fetch(url, { headers: asked });
    if (answer.status !== 401) return answer;
    if (tokens.headers().Authorization === asked.Authorization) {
      underWay ??= tokens.refresh().finally(() => (underWay = undefined));
      await underWay;
    }
    return fetch(url, { headers: tokens.headers() });
  };
  await sleep(3000);
  await Promise.all(urls.map(ask));
  await sleep(3000);
  return Promise.all(urls.map(ask));
}
