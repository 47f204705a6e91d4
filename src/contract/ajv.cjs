// Ajv in a file of its own: a contract whose checks the build has compiled does not load it.
const { Ajv, _ } = require('ajv');
const { Ajv2020 } = require('ajv/dist/2020.js');
const { default: standalone } = require('ajv/dist/standalone');
const { SchemaEnv } = require('ajv/dist/compile');
const { default: addFormats } = require('ajv-formats');

module.exports = { Ajv, Ajv2020, addFormats, standalone, _, SchemaEnv };
