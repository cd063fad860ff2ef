// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** What the node's own file uses of the runtime. */
export { descriptors } from './version';
export { execute } from './execute';
export { listSearch } from './listSearch';
export { properties } from './properties';
export type { Credentials } from './connection';
export type { ResourceDescriptor } from './descriptor';
