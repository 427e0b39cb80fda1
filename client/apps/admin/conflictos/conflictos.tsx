/** `/admin/conflictos`: what the rules decided, newest first, live; one of them with the hechos behind it. */
import { Building2, GitMerge, ListFilter, PencilLine, SearchX, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Resultado, VeredictoDeNota } from '../../../../schema/protocol/plataforma.ts'
import { veredictosEnVivo } from '../../../domain/plataforma/formas.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { DIAS, useBusqueda } from '../busqueda.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { DatosViejos, NoRespondio } from '../estados.tsx'
import { BusquedaEnDireccion } from '../filtros-de-equipos.tsx'
import { PieDeLista } from '../pie-de-lista.tsx'
import { esDeEdiciones } from '../reglas.ts'
import { t as comun } from '../textos.ts'
import { type Lista, useLista } from '../use-lista.ts'
import { useVivo } from '../use-vivo.ts'
import { Evidencia } from './evidencia.tsx'
import { Ficha, ListaDeReglas } from './reglas-de-conflictos.tsx'
import { TablaDeVeredictos } from './tabla.tsx'
import { t } from './textos.ts'
import './conflictos.css'

const idDe = (v: VeredictoDeNota) => v.id
const POR_OMISION = '7'

/** `id`: the verdict that is open; null: none. */
export function ConflictosPantalla({ id }: { id: string | null }) {
  const [{ regla, buscar = '', negocio, dias = POR_OMISION }, cambiar] = useBusqueda()
  const deEdiciones = regla !== undefined && esDeEdiciones(regla)
  const [resultado, setResultado] = useState<Resultado | null>(null)
  const forma = useMemo(
    () => veredictosEnVivo({ desdeAhora: true, ...(regla ? { regla } : {}), ...(negocio ? { negocio } : {}) }),
    [regla, negocio],
  )
  const vivo = useVivo(forma)
  const lista = useLista<VeredictoDeNota>(
    deEdiciones ? null : '/api/admin/veredictos',
    { regla, resultado, buscar, negocioId: negocio, dias },
    { idDe, vivo, quieta: false },
  )
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.subtitulo}</p>
        </div>
        <BotonDePausa />
        <fieldset className="seg" aria-label={t.periodo}>
          {DIAS.map((uno) => (
            <button
              key={uno}
              type="button"
              aria-pressed={uno === dias}
              onClick={() => cambiar({ dias: uno === POR_OMISION ? undefined : uno })}
            >
              {t[`d${uno}`]}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="conf-dos">
        <ListaDeReglas dias={dias} elegida={regla ?? null} senal={vivo.senal} />
        <div className="conf-lado">
          {regla && <Ficha regla={regla} />}
          {deEdiciones ? (
            <section className="card" aria-label={t.titulo}>
              <Vacio icono={PencilLine} titulo={t.deEdiciones} texto={t.deEdicionesTexto} />
            </section>
          ) : (
            <section className="card tw" aria-label={t.titulo}>
              <div className="panel-filtros">
                <PorResultado elegido={resultado} alElegir={setResultado} />
                <BusquedaEnDireccion etiqueta={t.buscar} />
                {negocio && (
                  <button type="button" className="btn" onClick={() => cambiar({ negocio: undefined })}>
                    <Building2 className="i" aria-hidden="true" />
                    {lista.filas[0]?.negocio ?? t.negocio}
                    <X className="i s" aria-label={comun.quitarFiltros} />
                  </button>
                )}
              </div>
              <Renglones lista={lista} abierto={id} filtrada={Boolean(buscar || resultado)} />
            </section>
          )}
        </div>
      </div>
    </>
  )
}

function PorResultado({ elegido, alElegir }: { elegido: Resultado | null; alElegir: (cual: Resultado | null) => void }) {
  const boton = (cual: Resultado | null, texto: string) => (
    <button type="button" aria-pressed={elegido === cual} onClick={() => alElegir(cual)}>
      {texto}
    </button>
  )
  return (
    <fieldset className="seg" aria-label={t.resultado}>
      {boton(null, t.todos)}
      {boton('pendiente', t.pendiente)}
      {boton('acreditado', t.acreditado)}
      {boton('rechazado', t.rechazado)}
      {boton('caducado', t.caducado)}
    </fieldset>
  )
}

function Renglones({ lista, abierto, filtrada }: { lista: Lista<VeredictoDeNota>; abierto: string | null; filtrada: boolean }) {
  const [, cambiar] = useBusqueda()
  // One that was opened by its address may not be of this page.
  const fuera = abierto !== null && lista.valor !== null && !lista.filas.some((v) => v.id === abierto)
  if (lista.valor === null) return lista.falla ? <NoRespondio codigo={lista.falla} alReintentar={lista.releer} /> : <Huesos filas={6} />
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      {fuera && <Evidencia id={abierto} />}
      {lista.filas.length > 0 ? (
        <TablaDeVeredictos lista={lista} abierto={abierto} />
      ) : filtrada ? (
        <Vacio icono={SearchX} titulo={t.nadaCoincide}>
          <button type="button" className="btn" onClick={() => cambiar({ buscar: undefined })}>
            <ListFilter className="i" aria-hidden="true" />
            {comun.quitarFiltros}
          </button>
        </Vacio>
      ) : (
        <Vacio icono={GitMerge} titulo={t.nada} texto={t.nadaTexto} />
      )}
      <PieDeLista lista={lista} />
    </>
  )
}
