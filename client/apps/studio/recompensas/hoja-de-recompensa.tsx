import { CircleCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import type { RecompensaDoc } from '../../../../schema/protocol/documentos.ts'
import { Foto } from '../../../domain/articulos/foto.tsx'
import { reglasVigentes } from '../../../domain/puntos/reglas-vigentes.ts'
import {
  type CamposDeRecompensa,
  camposDeRecompensa,
  devuelvePorCiento,
  type FallaDeRecompensa,
  fallasDeRecompensa,
  gastoParaAlcanzar,
  recompensaNueva,
} from '../../../domain/recompensas/forma.ts'
import { pesos } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Conmutador, Dinero, Entero, Texto, TextoLargo } from '../forma/campos.tsx'
import { EnSucursales } from '../forma/en-sucursales.tsx'
import { EstadoDeDocumento, HojaDeForma, useAjeno } from '../forma/hoja-de-forma.tsx'
import { Imagen } from '../forma/imagen.tsx'
import { useEscribir } from '../forma/use-escribir.ts'
import { useForma } from '../forma/use-forma.ts'
import { t } from './textos.ts'

const NOMBRE_MAXIMO = 120
const DESCRIPCION_MAXIMA = 2_000
const FALLAS: Record<FallaDeRecompensa, string> = { faltaNombre: t.faltaNombre, puntos: t.fallaPuntos, valor: t.fallaValor }

/** CARD-31. One recompensa, with no network; beside it what it asks of a client. `recompensa` null: a new one. */
export function HojaDeRecompensa({ recompensa, alCerrar }: { recompensa: RecompensaDoc | null; alCerrar: () => void }) {
  const { negocio } = useStudio()
  const escribir = useEscribir()
  const ajeno = useAjeno(recompensa)
  const [nueva] = useState(() => ({ id: uuidv7(Date.now()), campos: recompensaNueva() }))
  const original = useMemo(() => (recompensa ? camposDeRecompensa(recompensa) : nueva.campos), [recompensa, nueva])
  const forma = useForma<CamposDeRecompensa>(negocio.negocioId, `recompensa:${recompensa?.id ?? 'nuevo'}`, original)
  const [intentado, setIntentado] = useState(false)
  const { campos, poner } = forma
  const fallas = fallasDeRecompensa(campos)
  const error = (campo: keyof CamposDeRecompensa) => {
    const falla = fallas[campo]
    return intentado && falla ? FALLAS[falla] : null
  }
  const guardar = async () => {
    setIntentado(true)
    if (Object.keys(fallas).length > 0) return false
    const cambios = { ...(recompensa ? forma.cambios : campos), ...('nombre' in forma.cambios ? { nombre: campos.nombre.trim() } : {}) }
    const dicho = recompensa ? t.seGuardo : t.seCreo(campos.nombre.trim())
    return escribir([{ coleccion: 'recompensas', id: recompensa?.id ?? nueva.id, cambios }], dicho)
  }
  return (
    <HojaDeForma
      titulo={campos.nombre.trim() || t.nueva}
      forma={forma}
      nuevo={!recompensa}
      ajeno={ajeno}
      junto={recompensa && <EstadoDeDocumento coleccion="recompensas" id={recompensa.id} />}
      costado={<Costado campos={campos} />}
      alGuardar={guardar}
      alCerrar={alCerrar}
    >
      <Texto
        rotulo={t.nombre}
        valor={campos.nombre}
        maxLength={NOMBRE_MAXIMO}
        required
        {...(recompensa ? {} : { 'data-foco': '' })}
        error={error('nombre')}
        alCambiar={(nombre) => poner({ nombre })}
      />
      <div className="two">
        <Entero rotulo={t.puntosQuePide} valor={campos.puntos} error={error('puntos')} alCambiar={(puntos) => poner({ puntos })} />
        <Dinero
          rotulo={t.cuantoCuesta}
          valor={campos.valorCentavos}
          error={error('valorCentavos')}
          ayuda={t.cuantoCuestaAyuda}
          alCambiar={(valorCentavos) => poner({ valorCentavos })}
        />
      </div>
      <TextoLargo
        rotulo={t.descripcion}
        valor={campos.descripcion}
        maximo={DESCRIPCION_MAXIMA}
        alCambiar={(descripcion) => poner({ descripcion })}
      />
      <EnSucursales elegidas={campos.sucursales} poner={(sucursales) => poner({ sucursales })} />
      <Imagen hash={campos.imagen} poner={(imagen) => poner({ imagen })} />
      <Conmutador
        icono={<CircleCheck className="i" aria-hidden="true" />}
        texto={t.activa}
        ayuda={t.activaAyuda}
        si={campos.activa}
        alCambiar={(activa) => poner({ activa })}
      />
    </HojaDeForma>
  )
}

function Costado({ campos }: { campos: CamposDeRecompensa }) {
  const { replica, negocio } = useStudio()
  return (
    <>
      <h3>{t.asiSeVe}</h3>
      <article className="re-vista">
        <Foto replica={replica} negocioId={negocio.negocioId} hash={campos.imagen ?? undefined} clase="ph" />
        <div>
          <h4>{campos.nombre.trim() || t.sinNombre}</h4>
          {campos.descripcion && <p className="sm ink2">{campos.descripcion}</p>}
          {Number.isFinite(campos.puntos) && <b className="n">{t.nPuntos(campos.puntos.toLocaleString('es-MX'))}</b>}
        </div>
      </article>
      <QueVale campos={campos} />
    </>
  )
}

/** What a client spends until the points reach, by the rules in force (PTS-04), and how much of it comes back. */
function QueVale({ campos }: { campos: CamposDeRecompensa }) {
  const { config } = useStudioVivo()
  const reglas = useMemo(() => reglasVigentes(config, Date.now()), [config])
  const por = reglas && devuelvePorCiento(campos, reglas.valorPuntoCentavos)
  return (
    <section>
      <h3>{t.queVale}</h3>
      {!reglas && <p className="sm">{t.sinReglas}</p>}
      {reglas && Number.isFinite(campos.puntos) && (
        <p className="sm">
          {t.gastan(campos.puntos.toLocaleString('es-MX'), pesos(gastoParaAlcanzar(campos.puntos, reglas.valorPuntoCentavos)))}
          {por != null && ` ${t.devuelves(`${por}%`)}`}
        </p>
      )}
      <p className="sm mut re-consejo">{t.consejo}</p>
    </section>
  )
}
