// What browsers have and jsdom lacks.
const { randomUUID } = require('node:crypto');

Object.defineProperty(globalThis.crypto, 'randomUUID', { value: randomUUID });
