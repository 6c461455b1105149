/// What a node's model is good for beyond the study: files for other programs, and a conversation.
@NullMarked
package trex.gui.models;

import org.jspecify.annotations.NullMarked;
