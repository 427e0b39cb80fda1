/**
 * The camera of a journey: a raw video file (Y4M) that Chromium plays in a loop as if it came from a lens. It reads the file frame by frame, so
 * showing something else is writing it over: the phone in front of the camera changes while the page looks on.
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { azar } from '../../../schema/testing/azar.ts'
import { fotografiar, type Plato, type Pose, platoDe } from '../../../workers/scanner/testing/dibujar-qr.ts'
import { desenfocar, type Gris, granular, type Imagen, nuevoGris } from '../../../workers/scanner/testing/gris.ts'
import { leerPng } from '../../../workers/scanner/testing/png.ts'

const ANCHO = 1280
const ALTO = 720
const POR_SEGUNDO = 10
/** A loop of a few frames: the grain of each is its own. */
const CUADROS = 3

/** In a hand: a little turned, a little tilted, inside the corners that the till shows on a phone. */
const EN_LA_MANO: Pose = { lado: 224, x: 0, y: -128, giro: 0.09, cabeceo: 0.12, guinada: -0.1 }

const CABEZA = Buffer.from(`YUV4MPEG2 W${ANCHO} H${ALTO} F${POR_SEGUNDO}:1 Ip A1:1 C420jpeg\n`)
const CABEZA_DE_CUADRO = Buffer.from('FRAME\n')

export class CamaraFalsa {
  readonly archivo: string
  /** `archivo`: where the video is written. It begins with an empty counter. */
  constructor(archivo: string) {
    this.archivo = archivo
    writeFileSync(archivo, video(mostrador()))
  }

  /** What Chromium is started with. One camera per browser. */
  get argumentos(): string[] {
    return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${this.archivo}`]
  }

  /** Somebody holds a phone with this QR in front of the camera. */
  mostrar(texto: string, pose: Partial<Pose> = {}): void {
    this.escribir(desenfocar(fotografiar(platoDe(texto), { ...EN_LA_MANO, ...pose }, ANCHO, ALTO), 0.8))
  }

  /** Somebody holds a phone whose screen shows these pixels: the picture of a QR with its quiet zone, dark on light, square. */
  mostrarPixeles(png: Uint8Array, pose: Partial<Pose> = {}): void {
    this.escribir(desenfocar(fotografiar(platoDePixeles(leerPng(png)), { ...EN_LA_MANO, ...pose }, ANCHO, ALTO), 0.8))
  }

  /** Nobody is there. */
  quitar(): void {
    this.escribir(mostrador())
  }

  /** In place: a file that were replaced would go on being played as it was. */
  private escribir(gris: Gris): void {
    const archivo = openSync(this.archivo, 'r+')
    try {
      writeSync(archivo, video(gris))
    } finally {
      closeSync(archivo)
    }
  }
}

/** A plate with a module for each pixel of a screen. */
function platoDePixeles({ width, height, data }: Imagen): Plato {
  const lado = Math.min(width, height)
  const modulos = new Uint8Array(lado * lado)
  for (let y = 0; y < lado; y++) for (let x = 0; x < lado; x++) modulos[y * lado + x] = (data[4 * (y * width + x)] ?? 255) < 128 ? 1 : 0
  return { lado, modulos }
}

function mostrador(): Gris {
  const gris = nuevoGris(ANCHO, ALTO)
  for (let i = 0; i < gris.datos.length; i++) gris.datos[i] = 60 + 50 * Math.sin((i % ANCHO) / 170) * Math.cos(i / ANCHO / 130)
  return gris
}

function video(gris: Gris): Buffer {
  const cuadros = Array.from({ length: CUADROS }, (_, n) => [CABEZA_DE_CUADRO, aYuv(granular(gris, 3, azar(n + 1)))])
  return Buffer.concat([CABEZA, ...cuadros.flat()])
}

/** Grey: the two colour planes, a quarter each, stay in their middle. */
function aYuv({ datos }: Gris): Buffer {
  const bytes = Buffer.alloc(datos.length * 1.5, 128)
  for (let i = 0; i < datos.length; i++) bytes[i] = Math.max(0, Math.min(255, Math.round(datos[i] ?? 0)))
  return bytes
}
