import fc from 'fast-check';

// The same cases in each run: a test that fails by chance tells nothing of the change that it is run for.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });

export { fc };
