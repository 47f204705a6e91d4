// In the executable everything lies in one file; what is required is run when it is asked for.
module.exports = {
  loadAjv: () => require('../contract/ajv.cjs'),
  loadRe2: () => require('../contract/re2.cjs').RE2JS,
};
