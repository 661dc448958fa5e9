// The entry in TypeScript, for whoever starts `node runtime/main.ts`. `npm start` takes start.js itself, which needs less memory.
import './start.js';
