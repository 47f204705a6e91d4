export async function create(api, headers, composition) {
  try {
    const body = JSON.stringify(composition);
    const answer = await fetch(`${api}/patients/composition`, { method: 'POST', headers, body });
    return (await answer.json()).data;
  } catch {
    // The request may have worked. Look before anybody sends it again.
    const query = new URLSearchParams({
      subject: composition.subject.value,
      encounter: composition.encounter.value,
    });
    const answer = await fetch(`${api}/patients/searchComposition?${query}`, { headers });
    throw new Error(`outcome unknown, found: ${await answer.text()}`);
  }
}
