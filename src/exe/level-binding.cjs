// In the place of classic-level's own: its binary lies in the executable.
const { loadNative } = require('./load-native.ts');

module.exports = loadNative('classic-level.node');
