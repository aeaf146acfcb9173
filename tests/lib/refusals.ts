/** Refuses IndexedDB, as private windows of some browsers do. For `VisitorOptions.without`. */
export function refuseDatabase(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
}
