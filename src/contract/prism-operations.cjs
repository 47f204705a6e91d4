// The reader of operations that Prism itself has. Its types lead to sources that are checked anew by whoever imports them.
const { OPERATION_CONFIG } = require('@stoplight/http-spec/oas');
const { transformOas3Operation } = require('@stoplight/http-spec/oas3/operation');

module.exports = { OPERATION_CONFIG, transformOas3Operation };
