/**
 * The camera that reads codes, without a framework: a till and a card use it alike. What looks at its frames is the scanner's worker, never this
 * thread.
 *
 *   apagada ─ encender ─► abriendo ─► viendo ─ page hidden ─► dormida ─ page seen ─► abriendo
 *                             └──────────┴─ no camera, no permission… ─► sin_camara (motivo) ─ encender ─► abriendo
 */
import QrScanner from 'qr-scanner'
import type { Lectura } from '../../workers/scanner/api.ts'
import { abrirEscaner, leerLienzo } from './camara/escaner.ts'
import { crearFiltro } from './camara/filtro.ts'
import { detener, enfocar, motivoPrevio, pedirFlujo, ponerLuz, recordarCamara, soltarFlujo, tieneLuz } from './camara/flujo.ts'
import { Lente } from './camara/lente.ts'
import { type MotivoSinCamara, miraAlUsuario, motivoDe } from './camara/reglas.ts'

export interface EstadoDeCamara {
  fase: 'apagada' | 'abriendo' | 'viendo' | 'dormida' | 'sin_camara'
  motivo: MotivoSinCamara | null
  /** Null: this camera has no torch. */
  luz: boolean | null
  camaras: { id: string; nombre: string }[]
  camaraId: string | null
  /** The picture is shown mirrored, as people expect of a camera that looks at them. A reading's corners are the frame's, not mirrored. */
  espejo: boolean
}

export interface Camara {
  readonly estado: EstadoDeCamara
  /** Asks for the camera and begins to read. Never throws: what went wrong is in the state. */
  encender(): Promise<void>
  /** Lets go of the camera at once. */
  apagar(): void
  /** `true`: goes on showing the picture and reads nothing. `false`: reads again, also the code it read last. */
  pausar(pausada: boolean): void
  /** Does nothing without a torch. */
  ponerLuz(encendida: boolean): Promise<void>
  /** Uses this camera now and the next times on this device. */
  usarCamara(id: string): Promise<void>
}

interface Avisos {
  /** Each code once, until it is out of sight or another is read. */
  alLeer: (lectura: Lectura) => void
  alCambiar?: (estado: EstadoDeCamara) => void
}

const APAGADA: EstadoDeCamara = { fase: 'apagada', motivo: null, luz: null, camaras: [], camaraId: null, espejo: false }

/** A camera shown in `video`, which is in the page and visible (SCAN-09, SCAN-14). */
export function crearCamara(video: HTMLVideoElement, { alLeer, alCambiar = () => {} }: Avisos): Camara {
  let estado = APAGADA
  let lente: Lente | null = null
  /** Each start and each stop is a turn: what belongs to an older one is let go. */
  let vuelta = 0
  let pausada = false
  let alSeguir = () => {}
  const filtro = crearFiltro(() => performance.now())

  const decir = (cambios: Partial<EstadoDeCamara>) => {
    estado = { ...estado, ...cambios }
    alCambiar(estado)
  }

  const soltar = (): number => {
    lente?.destroy()
    lente = null
    soltarFlujo(video)
    filtro.olvidar()
    return ++vuelta
  }

  const fallar = (motivo: MotivoSinCamara) => {
    soltar()
    decir({ fase: 'sin_camara', motivo, luz: null })
  }

  async function encender(): Promise<void> {
    const mia = soltar()
    decir({ fase: 'abriendo', motivo: null, luz: null })
    const previo = motivoPrevio()
    if (previo) return fallar(previo)
    // The decoder is compiled while the browser asks for permission. That it cannot be opened is said by the first frame.
    abrirEscaner().then(
      (escaner) => escaner.empezar(),
      () => {},
    )
    try {
      const flujo = await pedirFlujo()
      // It may arrive when nobody wants it any more.
      if (mia !== vuelta) return detener(flujo)
      await mostrar(flujo, mia)
    } catch (error) {
      if (mia === vuelta) fallar(motivoDe(error))
    }
  }

  async function mostrar(flujo: MediaStream, mia: number): Promise<void> {
    const [pista] = flujo.getVideoTracks()
    if (!pista) return fallar('sin_camara')
    const { deviceId, facingMode } = pista.getSettings()
    const espejo = miraAlUsuario(facingMode, pista.label)
    video.style.transform = espejo ? 'scaleX(-1)' : ''
    decir({ espejo, camaraId: deviceId ?? null })
    // Unplugged, or its permission was taken back.
    pista.addEventListener('ended', () => mia === vuelta && fallar('sin_camara'))
    lente = new Lente(
      video,
      (lienzo) => mirar(lienzo, mia),
      (lectura) => mia === vuelta && filtro.esNuevo(lectura.texto) && alLeer(lectura),
    )
    // After the lens: its loop begins with the video's first 'play', and one that nobody heard never comes back.
    video.srcObject = flujo
    await lente.start()
    await enfocar(pista)
    const camaras = (await QrScanner.listCameras(false)).map(({ id, label }) => ({ id, nombre: label }))
    if (mia === vuelta) decir({ fase: 'viendo', camaras, luz: tieneLuz(pista) ? false : null })
  }

  /** One frame. While paused it waits here, so that no frame costs anything and qr-scanner's loop stays the only one. */
  async function mirar(lienzo: HTMLCanvasElement, mia: number): Promise<Lectura | null> {
    if (pausada) await new Promise<void>((seguir) => (alSeguir = seguir))
    if (mia !== vuelta) return null
    const respuesta = await leerLienzo(lienzo)
    if (mia !== vuelta || pausada) return null
    if (respuesta.ok) return respuesta.valor
    fallar('escaner_no_abre')
    return null
  }

  const alVer = () => {
    if (document.hidden && (estado.fase === 'viendo' || estado.fase === 'abriendo')) {
      soltar()
      decir({ fase: 'dormida', luz: null })
    } else if (!document.hidden && estado.fase === 'dormida') void encender()
  }
  const pausar = (si: boolean) => {
    if (pausada === si) return
    pausada = si
    filtro.olvidar()
    alSeguir()
  }

  return {
    get estado() {
      return estado
    },
    encender() {
      // In the capture phase: qr-scanner listens too, and would open the camera again in its own way.
      document.addEventListener('visibilitychange', alVer, true)
      return encender()
    },
    apagar() {
      document.removeEventListener('visibilitychange', alVer, true)
      soltar()
      pausar(false)
      decir(APAGADA)
    },
    pausar,
    async ponerLuz(encendida) {
      const pista = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined
      if (!pista || estado.luz === null) return
      const luz = await ponerLuz(pista, encendida)
      if (luz && !encendida) return encender()
      decir({ luz })
    },
    usarCamara(id) {
      recordarCamara(id)
      return encender()
    },
  }
}
