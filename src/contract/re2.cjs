// RE2 in a file of its own: it is loaded when the first pattern is run.
const { RE2JS } = require('re2js');

module.exports = { RE2JS };
