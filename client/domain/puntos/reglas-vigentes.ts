import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { versionVigente } from '../../../schema/domain/puntos/puntos.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'

/** The rules in force at `ahora` (ms) among the documents of `config`; undefined before the first pull. */
export function reglasVigentes(config: readonly ConfigDoc[], ahora: number): Configuracion | undefined {
  const versiones = config.filter((doc): doc is ConfigDoc & Configuracion => doc.id.startsWith('version:'))
  return versionVigente(
    versiones.sort((a, b) => a.version - b.version),
    ahora,
  )
}
