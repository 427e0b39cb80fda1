/**
 * PGlite that keeps what it confirms. Its defaults never reach the disk: `-F` is in its start parameters, its file system
 * has no fsync, and fdatasync, PostgreSQL's default on Linux, is a stub there. `fsync.test.ts` counts the real calls.
 */
import fs from 'node:fs'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface Emscripten {
  FS: { filesystems: { NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } } } }
}

class NodeFSDurable extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const resultado = await super.init(...args)
    const preRun = resultado.emscriptenOpts.preRun as unknown as ((mod: Emscripten) => void)[]
    preRun.push((mod) => {
      mod.FS.filesystems.NODEFS.stream_ops.fsync = (stream) => {
        fs.fsyncSync(stream.nfd)
        return 0
      }
    })
    return resultado
  }
}

/** The start parameters of a durable PGlite, from its defaults. */
export function parametrosDurables(porDefecto: readonly string[]): string[] {
  return [...porDefecto.filter((p) => p !== '-F'), '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=on']
}

/** Opens the cluster of a folder, making it when it is empty. One process at a time: see lock.ts. */
export async function abrirDurable(carpeta: string, extra: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({
    ...extra,
    dataDir: carpeta,
    fs: new NodeFSDurable(carpeta),
    startParams: parametrosDurables(PGlite.defaultStartParams),
  })
}
