export async function firstPoll(api, headers, scheduled) {
  const { id, eta } = scheduled.data;
  await sleep(Math.max(1000, (Date.parse(eta) || 0) - Date.now()));
  return fetch(`${api}/patients/composition/job/${id}`, { headers });
}
