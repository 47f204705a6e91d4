export async function firstPoll(api, headers, scheduled) {
  const { id } = scheduled; // undefined: the id stands in data
  return fetch(`${api}/patients/composition/job/${id}`, { headers });
}
