/** What an engine would know of an image, and where its file system stands. */
export interface Image {
  root: string;
  config: {
    env: Record<string, string>;
    /** `1000:1000` */
    user: string;
    workdir: string;
    volumes: string[];
    ports: string[];
    labels: Record<string, string>;
    entrypoint?: string[];
    cmd?: string[];
    healthcheck?: { command: string[] };
  };
}
