// @ts-check
/** What was dropped on the page: files, and those in folders below. */

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

/** @param {FileSystemDirectoryReader} reader @returns {Promise<FileSystemEntry[]>} */
const someOf = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function below(entry) {
  if (entry.isFile) return [await fileOf(/** @type {FileSystemFileEntry} */ (entry))];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {File[]} */
  const files = [];
  // A reader gives a hundred at a time, and none at its end.
  for (let some = await someOf(reader); some.length; some = await someOf(reader)) {
    for (const each of some) files.push(...(await below(each)));
  }
  return files;
}

/** @param {DataTransfer} transfer @returns {Promise<File[]>} */
export async function dropped(transfer) {
  // Entries have to be taken before anything is awaited: the list is emptied after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(below))).flat();
}
