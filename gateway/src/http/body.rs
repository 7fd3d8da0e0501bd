//! Reads request bodies, within limits of size and time.

use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use tokio::time::timeout;

use super::error::ApiError;

/// The largest body of a member's request.
pub(super) const LARGEST: usize = 16 * 1024;
/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// This many bytes of a body that is too large are read and dropped, so that its sender can read the answer.
const DRAINED: usize = 1024 * 1024;

/// Gives each piece of the body to `take`. Fails if the body has more than `most` bytes, breaks off or takes too long.
pub(super) async fn read(body: Body, most: usize, mut take: impl FnMut(&[u8])) -> Result<(), ApiError> {
    let read = async {
        let mut pieces = body.into_data_stream();
        let mut length = 0_usize;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| ApiError::BadBody("The body breaks off.".into()))?;
            length += piece.len();
            if length > most + DRAINED {
                break;
            }
            if length <= most {
                take(&piece);
            }
        }
        if length > most { Err(ApiError::TooLarge(most)) } else { Ok(()) }
    };
    timeout(PATIENCE, read).await.unwrap_or(Err(ApiError::BodyTimeout))
}

/// The whole body.
pub(super) async fn whole(body: Body, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    read(body, most, |piece| bytes.extend_from_slice(piece)).await?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_limit_itself_is_taken() {
        assert_eq!(whole(Body::from(vec![0; 16]), 16).await.map(|bytes| bytes.len()), Ok(16));
        assert_eq!(whole(Body::from(vec![0; 17]), 16).await, Err(ApiError::TooLarge(16)));
        assert_eq!(whole(Body::empty(), 16).await, Ok(Vec::new()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_end_is_not_waited_for() {
        let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        assert_eq!(whole(never, 16).await, Err(ApiError::BodyTimeout));
    }
}
