export async function create(api, headers, composition) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const body = JSON.stringify(composition);
      const answer = await fetch(`${api}/patients/composition`, { method: 'POST', headers, body });
      return (await answer.json()).data;
    } catch (error) {
      if (attempt === 3) throw error; // each attempt may have made a composition
    }
  }
}
