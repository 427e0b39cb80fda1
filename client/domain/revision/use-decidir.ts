import { useCallback, useSyncExternalStore } from 'react'
import { textoDe } from '../../lib/i18n.ts'
import { useStudio } from '../../replica/studio.ts'
import { avisar } from '../../ui/escritorio/avisos-cola.ts'
import { apuntar, borrar, observarPorEscribir, porEscribir } from './por-escribir.ts'
import { type Decision, type Retenida, sumaDe } from './retenidas.ts'
import { t } from './textos.ts'

export interface Decidir {
  /** Only a dueño may; of one without rules nothing is known to decide. */
  decidir: (ventas: Retenida[], decision: Decision, motivo: string) => void
  /** Decisions that may still be taken back, by id of the sale. */
  enEspera: ReadonlyMap<string, Decision>
}

/** Decides held points: a hecho for each rule in force, written once the undo of six seconds is over. */
export function useDecidir(): Decidir {
  const { replica, usuario } = useStudio()
  const enEspera = useSyncExternalStore(observarPorEscribir, porEscribir)
  const decidir = useCallback(
    (ventas: Retenida[], decision: Decision, motivo: string) => {
      const libres = ventas.filter((v) => v.reglas.length > 0 && !v.decidida && !porEscribir().has(v.venta.id))
      if (libres.length === 0) return
      const ids = libres.map((v) => v.venta.id)
      apuntar(ids, decision)
      const escribir = async () => {
        for (const { venta, reglas } of libres)
          for (const { regla } of reglas) {
            const operador = { tipo: 'usuario', id: usuario.id } as const
            const r = await replica.registrarAjuste({ transaccionId: venta.id, regla, decision, motivo, operador })
            if (!r.ok) {
              avisar(textoDe(r.codigo), { tono: 'mal' })
              return borrar(ids)
            }
          }
        borrar(ids)
      }
      avisar(dicho(libres, decision), { deshacer: () => borrar(ids), alPasar: () => void escribir() })
    },
    [replica, usuario.id],
  )
  return { decidir, enEspera }
}

function dicho(ventas: Retenida[], decision: Decision): string {
  const [unica] = ventas
  if (ventas.length > 1 || !unica) return decision === 'aprobar' ? t.aprobaste(sumaDe(ventas)) : t.negaste(sumaDe(ventas))
  return decision === 'aprobar' ? t.aprobasteDe(unica.puntos, unica.cliente) : t.negasteDe(unica.puntos, unica.cliente)
}
