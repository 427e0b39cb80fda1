/** What a power cut must not take back: a file's bytes are its writer's to flush, a new name is its folder's. */
import fs from 'node:fs'
import path from 'node:path'

function sincronizar(ruta: string): void {
  const fd = fs.openSync(ruta, 'r')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

/** The names in a folder: after a file of it was made, renamed or removed. */
export const sincronizarCarpeta = sincronizar

/** A file, or a folder with all that is under it. */
export function sincronizarTodo(ruta: string): void {
  if (fs.lstatSync(ruta).isDirectory()) for (const hijo of fs.readdirSync(ruta)) sincronizarTodo(path.join(ruta, hijo))
  sincronizar(ruta)
}
