/** `/admin/dispositivos`: every device of every tenant, a page at a time, those that need somebody first. */
import { Building2, X } from 'lucide-react'
import { useMemo } from 'react'
import type { EquipoDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { dispositivosEnVivo } from '../../../domain/plataforma/formas.ts'
import { Huesos } from '../../../ui/escritorio/estados.tsx'
import { useBusqueda } from '../busqueda.ts'
import { useAhora, usePanel } from '../contexto.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { DatosViejos, NoRespondio } from '../estados.tsx'
import { CabezasDeEquipo, FilaDeEquipo } from '../fila-de-equipo.tsx'
import { FiltrosDeEquipos } from '../filtros-de-equipos.tsx'
import { numero } from '../palabras.ts'
import { CambiosDeOrden, PieDeLista } from '../pie-de-lista.tsx'
import { NadaAqui } from '../servidor/arbol.tsx'
import { t as comun } from '../textos.ts'
import { type Lista, useLista } from '../use-lista.ts'
import { useVivo } from '../use-vivo.ts'
import { t } from './textos.ts'

const idDe = (e: EquipoDePlataforma) => e.id

export function DispositivosPantalla() {
  const { resumen } = usePanel()
  const [{ filtro = 'todos', buscar = '', negocio }, cambiar] = useBusqueda()
  const forma = useMemo(() => dispositivosEnVivo({ desdeAhora: true, filtro, ...(negocio ? { negocio } : {}) }), [filtro, negocio])
  const vivo = useVivo(forma)
  const lista = useLista<EquipoDePlataforma>(
    '/api/admin/dispositivos',
    { filtro: filtro === 'todos' ? null : filtro, buscar, negocioId: negocio },
    { idDe, vivo },
  )
  const r = resumen.valor
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{comun.dispositivos}</h1>
          <p className="n">{r ? t.resumen(numero(r.enLinea), numero(r.equipos)) : <>&nbsp;</>}</p>
        </div>
        <BotonDePausa />
      </div>
      <section className="card tw" aria-label={comun.dispositivos}>
        <div className="panel-filtros">
          <FiltrosDeEquipos cuentas={lista.valor?.cuentas ?? null} />
          {negocio && (
            <button type="button" className="btn" onClick={() => cambiar({ negocio: undefined })}>
              <Building2 className="i" aria-hidden="true" />
              {lista.filas[0]?.negocio ?? comun.negocios}
              <X className="i s" aria-label={comun.quitarFiltros} />
            </button>
          )}
          <CambiosDeOrden lista={lista} />
          <span className="sm mut hide-s">{comun.segunElEquipo}</span>
        </div>
        {lista.valor === null ? (
          lista.falla ? (
            <NoRespondio codigo={lista.falla} alReintentar={lista.releer} />
          ) : (
            <Huesos filas={8} />
          )
        ) : lista.filas.length === 0 ? (
          <NadaAqui filtro={filtro} buscar={buscar} />
        ) : (
          <Tabla lista={lista} />
        )}
      </section>
    </>
  )
}

function Tabla({ lista }: { lista: Lista<EquipoDePlataforma> }) {
  const ahora = useAhora()
  const mayor = Math.max(1, ...lista.filas.map((e) => e.pendientes ?? 0))
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      <table className="t tree plana" aria-busy={lista.leyendo}>
        <CabezasDeEquipo />
        <tbody>
          {lista.filas.map((equipo) => (
            <FilaDeEquipo key={equipo.id} {...{ equipo, ahora, mayor }} conNegocio />
          ))}
        </tbody>
      </table>
      <PieDeLista lista={lista} />
    </>
  )
}
