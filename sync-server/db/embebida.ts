/** What only the embedded database can do for who looks after it: give an image of itself while it runs, and be called by name. */
import type net from 'node:net'
import { ErrorDb } from './errores.ts'
import { type Entrada, imagenEnMarcha } from './imagen.ts'
import type { Candado } from './lock.ts'
import type { Sql } from './tipos.ts'

export interface Embebida {
  dataDir: string
  /** The files of one consistent image. One at a time. @throws ErrorDb RESPALDO_EN_CURSO; RESPALDO_CORTADO once `cortar` was called */
  imagen(): AsyncGenerator<Entrada>
  /** True while an image is being taken. */
  ocupada(): boolean
  /** Ends the image being taken, for the server is stopping. Resolves when the database knows. */
  cortar(): Promise<void>
  /** Commands that ask the running server come through the folder's socket. */
  alPedir(fn: (conexion: net.Socket) => void): void
}

export function crearEmbebida(sql: Sql, dataDir: string, candado: Candado): Embebida {
  let cortada = false
  let enCurso: Promise<void> | undefined
  async function* imagen(): AsyncGenerator<Entrada> {
    if (enCurso) throw new ErrorDb('RESPALDO_EN_CURSO', dataDir)
    let fin = () => {}
    enCurso = new Promise((listo) => {
      fin = listo
    })
    try {
      for await (const entrada of imagenEnMarcha(sql, dataDir)) {
        if (cortada) throw new ErrorDb('RESPALDO_CORTADO', dataDir)
        yield entrada
      }
    } finally {
      enCurso = undefined
      fin()
    }
  }
  return {
    dataDir,
    imagen,
    ocupada: () => enCurso !== undefined,
    cortar: async () => {
      cortada = true
      await enCurso
    },
    alPedir: (fn) => candado.alPedir(fn),
  }
}
