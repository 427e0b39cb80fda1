/** One device: its row, its chains, its last days. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { DetalleDeEquipo } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import { COLUMNAS_DE_EQUIPO } from '../../sync/plataforma/equipos.sql.ts'
import { documentoDeEquipo, type FilaDeEquipo } from '../../sync/plataforma/equipos.ts'
import { entradasDe, leerCadenas } from './diario-recibido.ts'
import { leerLinea } from './linea.ts'

interface Ficha {
  modelo: string
  altaAt: number
  bajaMotivo: string | null
  licenciaVenceAt: number | null
}

/** @throws Rechazo NO_ENCONTRADO, also for the seconds in which a device just enrolled has no row yet */
export function leerDetalle(deps: Pick<Deps, 'db' | 'now'>, dispositivoId: string): Promise<DetalleDeEquipo> {
  const hora = deps.now()
  return deps.db.plataforma(
    async (sql) => {
      const [fila] = await sql<FilaDeEquipo[]>`select ${sql(COLUMNAS_DE_EQUIPO)} from estado_dispositivos where id = ${dispositivoId}`
      if (!fila) throw new Rechazo('NO_ENCONTRADO')
      const { deNegocio: negocioId } = fila
      const [ficha] = await sql<Ficha[]>`
        select d.modelo, d.created_at as alta_at, d.baja_motivo,
          (select max(l.vence_at) from licencias l where l.negocio_id = d.negocio_id and l.dispositivo_id = d.id) as licencia_vence_at
        from dispositivos d where d.negocio_id = ${negocioId} and d.id = ${dispositivoId}`
      if (!ficha) throw new Rechazo('NO_ENCONTRADO')
      const cadenas = await leerCadenas(sql, negocioId, dispositivoId)
      return {
        hora,
        equipo: documentoDeEquipo(fila),
        ...ficha,
        cadenas: cadenas.map((c) => ({
          cadenaId: c.cadenaId,
          esperado: c.esperado,
          hueco: c.hueco,
          bifurcada: c.bifurcada,
          abiertaAt: c.abiertaAt,
          entradas: entradasDe(c),
        })),
        linea: await leerLinea(sql, negocioId, dispositivoId, hora),
      }
    },
    { soloLectura: true },
  )
}
