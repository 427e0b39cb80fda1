import { Building2, type LucideIcon, Receipt, TabletSmartphone } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { EquipoDePlataforma, NegocioDePlataforma, VeredictoDeNota } from '../../../schema/protocol/plataforma.ts'
import { pesos } from '../../lib/formato.ts'
import { consulta } from './busqueda.ts'
import { usePanel } from './contexto.ts'
import { t } from './textos.ts'

const TRAS_MS = 180
const DE_CADA = 5
const FOLIO = /^([a-z0-9]{2,12})-\d+$/i

export interface Hallazgo {
  id: string
  icono: LucideIcon
  texto: string
  detalle: string
  /** Address. */
  a: string
}

/** Asked a moment after the last key. `dicho`: what is said when there is no result to show. */
export function useHallazgos(texto: string): { hallazgos: Hallazgo[]; dicho: string } {
  const { sesion } = usePanel()
  const [estado, setEstado] = useState<{ de: string; hallazgos: Hallazgo[]; falla: boolean }>({ de: '', hallazgos: [], falla: false })
  useEffect(() => {
    if (texto === '') return
    let vivo = true
    const id = setTimeout(async () => {
      const pedir = <T>(ruta: string, buscar = texto) => sesion.pedir<{ filas: T[] }>(`/api/admin/${ruta}${consulta({ buscar })}`)
      const [negocios, equipos, ventas] = await Promise.all([
        pedir<NegocioDePlataforma>('negocios'),
        // A receipt begins with the series of its till: its journal has it, whatever became of the sale.
        pedir<EquipoDePlataforma>('dispositivos', FOLIO.exec(texto)?.[1] ?? texto),
        pedir<VeredictoDeNota>('veredictos'),
      ])
      if (!vivo) return
      const de = <T>(r: { ok: true; valor: { filas: T[] } } | { ok: false }, como: (fila: T) => Hallazgo) =>
        r.ok ? r.valor.filas.slice(0, DE_CADA).map(como) : []
      setEstado({
        de: texto,
        hallazgos: [...de(negocios, deNegocio), ...de(equipos, deEquipo), ...de(ventas, deVenta)],
        falla: !negocios.ok && !equipos.ok && !ventas.ok,
      })
    }, TRAS_MS)
    return () => {
      vivo = false
      clearTimeout(id)
    }
  }, [texto, sesion])
  if (estado.de !== texto) return { hallazgos: [], dicho: t.buscando }
  if (estado.falla) return { hallazgos: [], dicho: t.noSePudoBuscar }
  return { hallazgos: estado.hallazgos, dicho: estado.hallazgos.length === 0 ? t.nadaCoincide : '' }
}

const deNegocio = (n: NegocioDePlataforma): Hallazgo => ({
  id: n.negocioId,
  icono: Building2,
  texto: n.nombre,
  detalle: `${t.negocios} #${n.numero}`,
  a: `/admin/negocios/${n.negocioId}`,
})
const deEquipo = (e: EquipoDePlataforma): Hallazgo => ({
  id: e.id,
  icono: TabletSmartphone,
  texto: e.nombre,
  detalle: [e.negocio, e.sucursal, e.serie].filter(Boolean).join(' · '),
  a: `/admin/dispositivos/${e.id}`,
})
const deVenta = (v: VeredictoDeNota): Hallazgo => ({
  id: v.id,
  icono: Receipt,
  texto: v.folio ?? v.tipo,
  detalle: [v.negocio, v.regla, v.montoCentavos === null ? null : pesos(v.montoCentavos)].filter(Boolean).join(' · '),
  a: `/admin/conflictos/${encodeURIComponent(v.id)}`,
})
