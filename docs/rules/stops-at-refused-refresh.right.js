export async function poll(url, tokens) {
  await sleep(3000);
  let answer = await fetch(url, { headers: tokens.headers() });
  if (answer.status !== 401) return answer;
  // False: the refresh token is refused, and stays so.
  if (!(await tokens.refresh())) await tokens.signIn();
  await sleep(1000);
  answer = await fetch(url, { headers: tokens.headers() });
  return answer;
}
