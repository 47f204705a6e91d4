/** The reading; the client is ansible_uri.yml. It ends with 2 where a task fails, which is none of the verdict. */
export const entry = {
  name: 'ansible uri',
  kind: 'other',
  what: 'a task with until: asks at once, then every five seconds, eleven times, whatever it is answered',
  debian: ['ansible-core'],
  command: [
    ...['sh', '-c', 'ansible-playbook "$@" || true', 'sh', '-i', 'localhost,', '-c', 'local'],
    ...['-e', 'ansible_python_interpreter=/usr/bin/python3'],
    'test/conformance/others/ansible_uri.yml',
  ],
  plays: [
    {
      suite: 'polling-basics',
      finds: ['eta-respected', 'stops-on-404', 'stops-on-refusal'],
      may: ['newest-eta-used', 'retry-after-honoured', 'expectations'],
      why: 'task_executor.py: the handler runs before any sleep, and after each failure too, a 404 and a 401 among them; five seconds and the start of a module are more than a Retry-After of 4 s, and may be less than one of 6',
    },
  ],
};
